import { App, Chart } from 'cdk8s';
import { AppWorkload } from 'cdk8s-storage-patterns';

const chart = new Chart(new App(), 'shop');
try {
  new AppWorkload(chart, 'api', { image: 'ghcr.io/acme/api', port: 8080 });
} catch (error) {
  console.log((error as Error).message);
}
