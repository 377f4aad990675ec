package io.coxswain.apiserver.metrics;

/// Metrics as Prometheus reads them.
public final class Exposition {

    private final StringBuilder text = new StringBuilder(16 << 10);

    /// Begins a metric; its samples follow.
    ///
    /// @param type `counter`, `gauge` or `histogram`
    public void family(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /// @param labels as in `a="b",c="d"`; empty for none
    public void sample(String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(number(value)).append('\n');
    }

    public void sample(String name, String labels, long value) {
        sample(name, labels, (double) value);
    }

    /// A metric with one sample and no labels.
    public void single(String name, String type, String help, double value) {
        family(name, type, help);
        sample(name, "", value);
    }

    public void single(String name, String type, String help, long value) {
        single(name, type, help, (double) value);
    }

    static String label(String name, String value) {
        var escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return name + "=\"" + escaped + "\"";
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
