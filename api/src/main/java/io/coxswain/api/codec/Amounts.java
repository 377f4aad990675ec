package io.coxswain.api.codec;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.schema.Quantity;
import org.jspecify.annotations.Nullable;

/// Shares quantities: a cluster has few different ones, and reading one costs a microsecond.
public final class Amounts {

    private record Known(String text, Quantity quantity) {}

    private static final int SLOTS = 1024;
    private static final @Nullable Known[] TABLE = new @Nullable Known[SLOTS];

    private Amounts() {}

    public static Quantity parse(String text) {
        var hash = text.hashCode();
        var slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
        var known = TABLE[slot];
        if (known != null && known.text.equals(text)) {
            return known.quantity;
        }
        try {
            var quantity = Quantity.parse(text);
            if (text.length() <= 32) {
                TABLE[slot] = new Known(text, quantity);
            }
            return quantity;
        } catch (IllegalArgumentException e) {
            throw new DecodeError(String.valueOf(e.getMessage()));
        }
    }
}
