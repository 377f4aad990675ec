package io.coxswain.api.schema;

/// A number or a string, such as a port `80` or `"http"`, a share `2` or `"25%"`.
public sealed interface IntOrString {

    record OfInt(int value) implements IntOrString {
        @Override
        public String toString() {
            return Integer.toString(value);
        }
    }

    record OfString(String value) implements IntOrString {
        @Override
        public String toString() {
            return value;
        }
    }

    static IntOrString of(int value) {
        return new OfInt(value);
    }

    static IntOrString of(String value) {
        return new OfString(value);
    }

    /// The number itself, or that percentage of `total`, rounded as asked.
    /// Throws [IllegalArgumentException] for a string that is no percentage.
    default int scaled(int total, boolean roundUp) {
        return switch (this) {
            case OfInt(var value) -> value;
            case OfString(var text) -> {
                if (!text.matches("[0-9]+%")) {
                    throw new IllegalArgumentException("invalid value for IntOrString: " + text);
                }
                var percent = Long.parseLong(text.substring(0, text.length() - 1));
                yield (int) (roundUp ? Math.ceilDiv(percent * total, 100) : percent * total / 100);
            }
        };
    }
}
