package io.coxswain.bench.fuzz;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.schema.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// A reader of bytes that anybody may send.
///
/// @param seeds valid inputs to begin with
/// @param reader takes an input or refuses it as [#take] knows; anything else it throws is a fault
record FuzzTarget(List<byte[]> seeds, Consumer<byte[]> reader) {

    /// One that reads text.
    static FuzzTarget ofText(List<String> seeds, Consumer<String> reader) {
        return new FuzzTarget(
                seeds.stream().map(seed -> seed.getBytes(StandardCharsets.UTF_8)).toList(),
                input -> reader.accept(new String(input, StandardCharsets.UTF_8)));
    }

    /// Lets the reader have an input, which it may refuse with a text for the client.
    void take(byte[] input) {
        try {
            reader.accept(input);
        } catch (DecodeError | ApiError refused) {
            // So it should be.
        }
    }

    /// A law that has to hold for every input that is taken.
    static void same(Object one, Object other) {
        if (!one.equals(other)) {
            throw new AssertionError("not the same: " + one + " and " + other);
        }
    }
}
