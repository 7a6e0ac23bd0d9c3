import { ConfigFlag, findConfiguration } from './find-configuration';
import { loadRules } from '../safety/load-rules';
import { RULES } from '../safety/rules';
import type { AuditOptions } from '../safety/run';

/** The settings of a map that come from the configuration file. */
export interface MapSettings {
  /** The rules whose findings the map shows, their severities and their waivers. */
  readonly audit: AuditOptions;
  /** Whether the rules include rules of the user. */
  readonly hasCustomRules: boolean;
  /** Whether the configuration excludes a file. */
  isExcluded(file: string): boolean;
}

/**
 * Reads the settings of a map. A map shows the findings of every rule and severity, so the profile, the lowest
 * severities and the baseline of the configuration do not apply.
 *
 * @throws Error with a sentence for an invalid file and an unknown rule
 */
export function mapSettingsOf(config: ConfigFlag): MapSettings {
  const configuration = findConfiguration(config);
  const customRules = loadRules(configuration.loadRules);
  const rules = [...RULES, ...customRules];
  configuration.checkRules(rules.map(({ id }) => id));
  return {
    audit: { rules, waivers: configuration.waivers, levelOf: configuration.levelOf },
    hasCustomRules: customRules.length > 0,
    isExcluded: configuration.isExcluded,
  };
}
