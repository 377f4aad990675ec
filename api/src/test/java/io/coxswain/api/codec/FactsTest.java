package io.coxswain.api.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Compares every record with the published API, of which `api-facts.txt` has one type per line:
/// `apps.DeploymentSpec replicas=int32* selector=LabelSelector!+ …` with `*` pointer, `!` always
/// written, `+` required, then list type and patch strategy.
class FactsTest {

    private static final String ROOT = "io.coxswain.api.";

    private static Map<String, Class<?>> records() throws Exception {
        var home =
                Path.of(
                        ObjectMeta.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        var found = new TreeMap<String, Class<?>>();
        try (var files = Files.walk(home)) {
            for (var file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                var name = home.relativize(file).toString().replace('/', '.');
                var type = Class.forName(name.substring(0, name.length() - 6));
                if (type.isRecord() && type.getPackageName().startsWith(ROOT)) {
                    var group = type.getPackageName().substring(ROOT.length());
                    found.put(group + "." + type.getSimpleName(), type);
                }
            }
        }
        return found;
    }

    private static List<String> facts() {
        try (var in = FactsTest.class.getResourceAsStream("/api-facts.txt")) {
            var bytes = Objects.requireNonNull(in).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyRecordIsAsPublished() throws Exception {
        var records = records();
        var wrong = new ArrayList<String>();
        var seen = new TreeSet<String>();
        for (var line : facts()) {
            var parts = List.of(line.split(" "));
            var name = parts.getFirst().replace("@atomic", "");
            var type = records.get(name);
            if (type == null) {
                continue; // Parts that are inlined, or that nobody needs as a record.
            }
            seen.add(name);
            if (parts.getFirst().endsWith("@atomic") != type.isAnnotationPresent(Atomic.class)) {
                wrong.add(name + " atomic");
            }
            compare(name, type, parts.subList(1, parts.size()), wrong);
        }

        assertThat(wrong).isEmpty();
        assertThat(seen).hasSizeGreaterThan(500);
    }

    private static void compare(
            String name, Class<?> type, List<String> facts, List<String> wrong) {
        var expected = new ArrayList<>(facts);
        if (type.isAnnotationPresent(Kind.class)) {
            expected.removeIf(f -> f.startsWith("kind=") || f.startsWith("apiVersion="));
        }
        var actual = new ArrayList<String>();
        var schema = Schema.of(type);
        for (var slot : Plan.of(type).slots()) {
            actual.add(describe(slot, schema.at(slot.component().json())));
        }
        for (var i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            var a = i < expected.size() ? expected.get(i) : "nothing";
            var b = i < actual.size() ? actual.get(i) : "nothing";
            if (!same(a, b)) {
                wrong.add(name + ": published " + a + " ours " + b);
            }
        }
    }

    /// Every time is nullable here; whether it is a pointer upstream shows nowhere. And a pointer
    /// that is required may be held by value: absent and empty are both refused.
    private static boolean same(String published, String ours) {
        var free = Set.of("=time", "=micros", "=any");
        var loose = free.stream().anyMatch(published::contains) || published.endsWith("+");
        return published.equals(ours)
                || (loose && published.replace("*", "").equals(ours.replace("*", "")));
    }

    private static String describe(Plan.Slot slot, Schema schema) {
        var part = slot.component();
        var text = new StringBuilder(part.json()).append('=').append(kind(slot.shape()));
        text.append(part.nullable() ? "*" : "");
        text.append(slot.always() ? "!" : "");
        text.append(part.has(Required.class) ? "+" : "");
        var merge = schema.merge();
        switch (merge.listType()) {
            case MAP -> text.append(";map:").append(String.join(",", merge.keys()));
            case SET -> text.append(";set");
            case ATOMIC -> {}
        }
        if (!merge.patchStrategies().isEmpty()) {
            var sorted = new TreeSet<>(merge.patchStrategies());
            text.append(";patch:").append(String.join(",", sorted));
            text.append(merge.patchMergeKey().isEmpty() ? "" : ":" + merge.patchMergeKey());
        }
        if (part.has(Atomic.class) && part.raw() != byte[].class) {
            text.append(";atomic");
        }
        return text.toString();
    }

    private static String kind(Shape shape) {
        return switch (shape.tag()) {
            case TEXT -> "string";
            case TIME -> "time";
            case MICRO_TIME -> "micros";
            case FLOAT64 -> "double";
            case TREE -> "any";
            case INT_OR_STRING -> "intstr";
            case RECORD -> Objects.requireNonNull(shape.record()).getSimpleName();
            case LIST -> "list<" + kind(shape.itemShape()) + ">";
            case MAP -> "map<" + kind(shape.itemShape()) + ">";
            case INT32, INT64, BOOL, BYTES, QUANTITY -> shape.tag().name().toLowerCase(Locale.ROOT);
        };
    }

    @Test
    void everyRecordSurvivesTheRoundTrip() throws Exception {
        for (var type : records().values()) {
            if (type.getPackageName().matches(".*\\.(schema|json|codec|fields|patch|selector)")) {
                continue;
            }
            if (facts().stream().noneMatch(f -> named(f, type))) {
                continue;
            }
            var sample = (Record) Samples.of(type, 4);
            var json = RecordWriter.write(sample);
            var problems = new Problems();
            var read = RecordReader.read(type, json, problems);
            assertThat(problems.all()).as(type.getName()).isEmpty();
            assertThat(new String(RecordWriter.write((Record) read), StandardCharsets.UTF_8))
                    .as(type.getName())
                    .isEqualTo(new String(json, StandardCharsets.UTF_8));
            assertThat((Json) RecordWriter.toTree(sample)).isEqualTo(JsonReader.read(json));
            var absent = (Record) Plan.of(type).type().empty();
            assertThat((Json) RecordWriter.toTree(absent))
                    .as(type.getName())
                    .isEqualTo(JsonReader.read(RecordWriter.write(absent)));
            var again = RecordReader.fromTree(type, RecordWriter.toTree(sample), problems);
            assertThat(RecordWriter.write((Record) again)).isEqualTo(json);
        }
    }

    private static boolean named(String fact, Class<?> type) {
        var name = type.getPackageName().substring(ROOT.length()) + "." + type.getSimpleName();
        return fact.startsWith(name + " ") || fact.startsWith(name + "@");
    }
}
