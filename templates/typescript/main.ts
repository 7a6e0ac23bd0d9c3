import { App } from 'cdk8s';
import { AppChart } from './chart';

const app = new App();
new AppChart(app, '{{name}}');
app.synth();
