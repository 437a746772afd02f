import { z } from 'zod';

/** A host, as every tool takes it. */
export const HostName = z.string().trim().min(1).max(120);

/** A container, as every tool takes it. */
export const ContainerName = z.string().trim().min(2).max(260).describe('Name, id (4+ digits), project/service or name of the service');

/** A compose project. */
export const ProjectName = z.string().trim().min(1).max(120);

/** A moment, or how long ago. */
export const Since = z.string().trim().min(1).max(40);
