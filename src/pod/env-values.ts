import { EnvValue } from 'cdk8s-plus-28';
import { checkType } from '../checks/prop-type';
import { checkArgument } from '../checks/props';

/** Values of environment variables by name, for `env` of a workload or a container. */
export class EnvValues {
  /**
   * Returns the values of variables that are set to strings. Kubernetes expands `$(NAME)` in them.
   *
   * @param values the strings by the names of the variables
   * @see https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
   */
  public static fromStrings(values: Record<string, string>): Record<string, EnvValue> {
    const location = 'EnvValues.fromStrings';
    checkArgument(location, 'values', values, '{ LOG_LEVEL: "info" }');
    checkType(location, 'values', values, 'string{}', '');
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        checkArgument(location, `values.${name}`, value, '"info"');
        return [name, EnvValue.fromValue(value)];
      }),
    );
  }

  private constructor() {}
}
