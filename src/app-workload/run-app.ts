import type { Construct } from 'constructs';
import { checkUser } from './app-container';
import type { AppWorkloadProps } from './app-workload-props';
import type { ControlledPods } from '../pod/controlled-pods';
import type { AppContainer } from '../pod/merge';
import { writableDirectoryParts } from '../pod/writable-directories';
import { isWaived } from '../safety/waiver';

/** Defines the pods of an app, with the parts of them that its props set. */
export function runApp(scope: Construct, pods: ControlledPods, app: AppContainer, props: AppWorkloadProps): void {
  const { env, podAnnotations } = props;
  const directories = writableDirectoryParts(scope, app.image, props.writableDirectories);
  const runAsUser = checkUser(scope, 'runAsUser', props.runAsUser);
  const runAsGroup = checkUser(scope, 'runAsGroup', props.runAsGroup);
  pods.run(
    {
      app,
      runAsUser,
      runAsGroup,
      serves: app.ports !== undefined,
      shape: pod => {
        if (isWaived(scope, 'run-as-non-root') && props.runAsUser !== undefined) {
          pod.securityContext = { runAsUser, runAsGroup, ...pod.securityContext };
        }
        if (isWaived(scope, 'no-service-account-token')) {
          pod.automountServiceAccountToken = true;
        }
      },
    },
    () => [{ owner: 'the app', additions: { env, podAnnotations, ...directories } }],
  );
}
