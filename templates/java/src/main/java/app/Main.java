package app;

import org.cdk8s.App;

public final class Main {
    public static void main(String[] args) {
        App app = new App();
        new AppChart(app, "{{name}}");
        app.synth();
    }
}
