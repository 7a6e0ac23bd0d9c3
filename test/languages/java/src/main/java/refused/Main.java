package refused;

import io.github.cdk8s_storage_patterns.AppWorkload;
import org.cdk8s.App;
import org.cdk8s.Chart;
import software.amazon.jsii.JsiiException;

public final class Main {
    public static void main(String[] args) {
        Chart chart = new Chart(new App(), "shop");
        try {
            AppWorkload.Builder.create(chart, "api").image("ghcr.io/acme/api").port(8080).build();
        } catch (JsiiException error) {
            System.out.println(error.getMessage());
        }
    }
}
