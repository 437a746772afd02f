import type { Chunk, Chunked } from './chunk.ts';
import { conceptsOf, conceptsOfTerm, purposesOf } from './concepts.ts';
import { termsOf, wordsOf } from './terms.ts';

const TITLE = 3;
const TRAIL = 1.5;
const PATH = 2;
const TAGS = 2;
const FILE = 1;
const SUBJECT = 2;
const FOLDER = 1.2;
const PURPOSE = 0.8;
const MENTION = 0.35;
const PART = 0.6;
const REFERENCE = 50;
const SLOPE = 0.5;

export type Weights = Map<string, number>;

function add(weights: Weights, term: string, weight: number): void {
  weights.set(term, (weights.get(term) ?? 0) + weight);
}

/** A word in full, its parts for less: `nas.lan` is not about "lan". */
function addWord(weights: Weights, word: string, weight: number): void {
  const [whole, ...parts] = termsOf(word);
  if (whole !== undefined) add(weights, whole, weight);
  for (const part of parts) add(weights, part, weight * PART);
}

function addText(weights: Weights, text: string, weight: number): void {
  for (const word of wordsOf(text)) addWord(weights, word, weight);
}

/** The concepts of the products a name speaks of: the name itself, or one to three neighbouring words of it. */
function subjects(name: string): Set<string> {
  const found = new Set(conceptsOf(name) ?? []);
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  for (let at = 0; at < words.length; at++) {
    for (let length = 1; length <= 3 && at + length <= words.length; length++) {
      const part = words.slice(at, at + length).join('');
      if (part.length > 3) for (const concept of conceptsOf(part) ?? []) found.add(concept);
    }
  }
  return found;
}

/** The terms a path gives to all chunks of its file: its words, and what its folders and name are about. */
export function pathWeights(path: string): Weights {
  const weights: Weights = new Map();
  const segments = path.replace(/\.\w+$/, '').split('/');
  for (const segment of segments) {
    for (const term of new Set(termsOf(segment))) if (!weights.has(term)) weights.set(term, PATH);
    for (const concept of subjects(segment)) weights.set(concept, FOLDER);
    for (const concept of purposesOf(termsOf(segment))) if (!weights.has(concept)) weights.set(concept, PURPOSE);
  }
  return weights;
}

/** The terms of a chunk with their weights: where a word stands counts more than how often, and long bodies count each word less. */
export function chunkWeights(chunk: Chunk, file: Chunked, path: Weights, mentions: boolean): Weights {
  const weights: Weights = new Map(path);
  addText(weights, chunk.title, TITLE);
  for (const above of chunk.trail) addText(weights, above, TRAIL);
  if (file.title !== chunk.title && !chunk.trail.includes(file.title)) addText(weights, file.title, FILE);
  addText(weights, chunk.tags, TAGS);
  addText(weights, file.tags, TAGS);
  const body = wordsOf(chunk.text);
  const each = 1 / (1 - SLOPE + (SLOPE * body.length) / REFERENCE);
  for (const word of body) {
    addWord(weights, word, each);
    if (!mentions) continue;
    for (const term of termsOf(word))
      if (term.length > 3) for (const concept of conceptsOfTerm(term) ?? []) add(weights, concept, each * MENTION);
  }
  const named = [chunk.title, ...chunk.trail, file.title, ...chunk.tags.split(/[\s/]+/), ...file.tags.split(/\s+/)];
  const concepts = new Set(named.flatMap((name) => [...subjects(name)]));
  for (const concept of concepts) add(weights, concept, SUBJECT);
  if (mentions)
    for (const concept of purposesOf(wordsOf(chunk.title).flatMap((word) => [...termsOf(word)])))
      if (!concepts.has(concept)) add(weights, concept, PURPOSE);
  return weights;
}
