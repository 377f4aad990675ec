package io.coxswain.bench.fuzz;

import io.coxswain.api.Kinds;
import io.coxswain.api.cbor.CborReader;
import io.coxswain.api.cbor.CborWriter;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.codec.Times;
import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.proto.Envelope;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.selector.FieldSelectors;
import io.coxswain.api.selector.LabelSelectors;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// The readers of bodies and of the texts in them. What was read and written reads the same.
final class Decoders {

    private Decoders() {}

    static FuzzTarget json() {
        return new FuzzTarget(
                Samples.JSON,
                input -> {
                    // As in Go, -0.0 is shown as -0, which is 0 to the next reader.
                    var text = again(text(JsonReader.read(input)));
                    FuzzTarget.same(text, again(text));
                });
    }

    static FuzzTarget yaml() {
        return FuzzTarget.ofText(
                Samples.YAML,
                text ->
                        Yaml.readAll(text)
                                .forEach(read ->
                                        FuzzTarget.same(
                                                sorted(read),
                                                sorted(Yaml.read(Yaml.write(read))))));
    }

    static FuzzTarget cbor() {
        var seeds = Samples.JSON.stream().map(JsonReader::read).map(CborWriter::write).toList();
        return new FuzzTarget(
                seeds,
                input -> {
                    var read = CborReader.read(input);
                    FuzzTarget.same(text(read), text(CborReader.read(CborWriter.write(read))));
                });
    }

    static FuzzTarget protobuf() {
        var pod = RecordReader.read(Pod.class, JsonWriter.write(Samples.pod()));
        return new FuzzTarget(
                List.of(Envelope.of(pod)),
                input -> {
                    var envelope = Envelope.open(input);
                    var type = Kinds.byKind(envelope.type().apiVersion(), envelope.type().kind());
                    var record = type == null ? Pod.class : type.type();
                    var read = (Record) envelope.read(record);
                    FuzzTarget.same(read, Envelope.open(Envelope.of(read)).read(record));
                });
    }

    /// The first byte says of which kind the rest is.
    static FuzzTarget records() {
        var types = Kinds.BUILT_IN.stream().map(kind -> kind.type()).toList();
        var pod = JsonWriter.write(Samples.pod());
        var seed = new byte[pod.length + 1];
        seed[0] = (byte) types.indexOf(Pod.class);
        System.arraycopy(pod, 0, seed, 1, pod.length);
        return new FuzzTarget(
                List.of(seed),
                input -> {
                    if (input.length == 0) {
                        return;
                    }
                    var type = types.get((input[0] & 0xff) % types.size());
                    var json = Arrays.copyOfRange(input, 1, input.length);
                    var read = (Record) RecordReader.read(type, json);
                    FuzzTarget.same(read, RecordReader.read(type, RecordWriter.write(read)));
                });
    }

    static FuzzTarget scalars() {
        return FuzzTarget.ofText(
                List.of("100m", "1.5Gi", "-3e7", "2026-01-01T00:00:00.000001Z", "0.1u"),
                text -> {
                    if (text.contains("T")) {
                        var written = Times.micros(Times.parse(text, text.contains(".")));
                        FuzzTarget.same(written, Times.micros(Times.parse(written, true)));
                        return;
                    }
                    allowed(() -> {
                        var read = Quantity.parse(text);
                        var again = Quantity.parse(read.toString());
                        FuzzTarget.same(read.toString(), again.toString());
                    });
                });
    }

    static FuzzTarget selectors() {
        var labels = "a in (b,c),!d,e!=f,g notin (h),i,j==k,l>3";
        var fields = "metadata.name=c,metadata.namespace!=a\\,b";
        Consumer<String> both =
                text -> {
                    allowed(() -> {
                        var read = LabelSelectors.parse(text).toString();
                        FuzzTarget.same(read, LabelSelectors.parse(read).toString());
                    });
                    allowed(() -> {
                        var read = FieldSelectors.parse(text);
                        FuzzTarget.same(read, FieldSelectors.parse(read.toString()));
                    });
                };
        return FuzzTarget.ofText(List.of(labels, fields), both);
    }

    /// The writer of YAML sorts.
    private static String sorted(Json tree) {
        return text(JsonWriter.sorted(tree));
    }

    private static String again(String json) {
        return text(JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    /// How it is shown to clients: 55.0 and 55 are the same.
    private static String text(Json tree) {
        return new String(JsonWriter.write(tree), StandardCharsets.UTF_8);
    }

    /// These readers refuse with an IllegalArgumentException.
    private static void allowed(Runnable reader) {
        try {
            reader.run();
        } catch (IllegalArgumentException refused) {
            // So it should be.
        }
    }
}
