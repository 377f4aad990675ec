package io.coxswain.kubelet.eviction;

import io.coxswain.api.schema.Quantity;

/// A threshold that has been crossed.
record Pressure(Signal signal, long available, long threshold) {

    /// The beginning of what is said of every pod that has to go for it.
    String message() {
        return "The node was low on resource: %s. Threshold quantity: %s, available: %s. "
                .formatted(signal.resource(), text(threshold), text(available));
    }

    String text(long amount) {
        return signal == Signal.PROCESSES ? Long.toString(amount) : Quantity.ofBytes(amount).text();
    }
}
