export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Where the lab stands; backups, meals and television follow this zone. */
export const HOME_ZONE = 'Europe/Berlin';

/** Local time of the house. */
export interface LocalTime {
  /** Days since 1970-01-01 in local time. */
  day: number;
  /** 0 to 24, with the minutes as its fraction. */
  hour: number;
  /** 0 is Sunday. */
  weekday: number;
}

/**
 * The clock on the wall of the lab. Its offset is the one at the lab's `now`:
 * counters are integrals over local days, and an hour that comes twice would make them run backwards.
 */
export interface Clock {
  /** Milliseconds to add to UTC. */
  offset: number;
  local: (time: number) => LocalTime;
  /** The instant at which that local day has that hour and minute. */
  instant: (day: number, hour: number, minute: number) => number;
}

export function clockAt(now: number): Clock {
  const offset = zoneOffset(HOME_ZONE, now);
  return {
    offset,
    local(time) {
      const shifted = time + offset;
      const day = Math.floor(shifted / DAY);
      return { day, hour: (shifted - day * DAY) / HOUR, weekday: (((day + 4) % 7) + 7) % 7 };
    },
    instant: (day, hour, minute) => day * DAY + hour * HOUR + minute * MINUTE - offset,
  };
}

// Making one takes longer than all its answers.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds that a zone is ahead of UTC at an instant. */
export function zoneOffset(zone: string, time: number): number {
  const formatter = formatters.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  formatters.set(zone, formatter);
  const named = formatter.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours, minutes] = named?.match(/([+-])(\d\d):(\d\d)/) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE);
}

/** The latest instant at or before `time` that a cron line of the form `minute hour * * weekday|*` names. */
export function lastRunOf(schedule: string, time: number, clock: Clock): number {
  const [minute = '0', hour = '0', , , weekday = '*'] = schedule.split(' ');
  const today = clock.local(time).day;
  for (let day = today; day > today - 9; day -= 1) {
    const run = clock.instant(day, Number(hour), Number(minute));
    if (run <= time && (weekday === '*' || clock.local(run).weekday === Number(weekday) % 7)) return run;
  }
  return clock.instant(today - 9, Number(hour), Number(minute));
}
