package io.coxswain.api.laws;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// Makes inputs for laws, always the same ones from the same seed.
final class Samples {

    private final Random random;

    Samples(long seed) {
        this.random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance() {
        return random.nextBoolean();
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    String word() {
        return one(List.of("a", "b", "c", "d", "app", "x-1", "tier.io/web"));
    }

    /// Any object, three levels deep at most, without nulls.
    Json.Obj object(int depth) {
        var fields = new LinkedHashMap<String, Json>();
        for (var i = random.nextInt(5); i > 0; i--) {
            fields.put(word(), value(depth));
        }
        return new Json.Obj(fields);
    }

    private Json value(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 3)) {
            case 0 -> Json.of(word());
            case 1 -> Json.of(random.nextInt(3));
            case 2 -> Json.of(random.nextBoolean());
            case 3 -> new Json.Arr(List.of(Json.of(word()), object(0)));
            default -> object(depth - 1);
        };
    }

    /// A pod with some of everything that strategic patches treat in a way of its own.
    Json.Obj pod() {
        var spec = new LinkedHashMap<String, Json>();
        spec.put("containers", keyed(this::container));
        maybe(spec, "volumes", () -> keyed(this::volume));
        maybe(spec, "tolerations", () -> new Json.Arr(List.of(toleration(), toleration())));
        maybe(spec, "nodeSelector", this::labels);
        maybe(spec, "hostNetwork", () -> Json.of(true));
        var metadata = new LinkedHashMap<String, Json>();
        metadata.put("name", Json.of("p"));
        maybe(metadata, "labels", this::labels);
        maybe(metadata, "finalizers", this::finalizers);
        var pod = new LinkedHashMap<String, Json>();
        pod.put("metadata", new Json.Obj(metadata));
        pod.put("spec", new Json.Obj(spec));
        return new Json.Obj(pod);
    }

    Json.Obj labels() {
        var fields = new LinkedHashMap<String, Json>();
        for (var i = 1 + random.nextInt(3); i > 0; i--) {
            fields.put(word(), Json.of(word()));
        }
        return new Json.Obj(fields);
    }

    private Json.Obj container(String name) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("name", Json.of(name));
        fields.put("image", Json.of(word()));
        maybe(fields, "args", () -> new Json.Arr(List.of(Json.of(word()), Json.of(word()))));
        maybe(fields, "env", () -> keyed(this::variable));
        maybe(fields, "tty", () -> Json.of(chance()));
        return new Json.Obj(fields);
    }

    private Json.Obj variable(String name) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("name", Json.of(name));
        fields.put("value", Json.of(word()));
        return new Json.Obj(fields);
    }

    private Json.Obj volume(String name) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("name", Json.of(name));
        var source = new LinkedHashMap<String, Json>();
        source.put(chance() ? "path" : "type", Json.of(word()));
        fields.put(chance() ? "hostPath" : "emptyDir", new Json.Obj(source));
        return new Json.Obj(fields);
    }

    private Json.Obj toleration() {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("key", Json.of(word()));
        return new Json.Obj(fields);
    }

    /// In one order: a patch of a set of texts does not say anything about it.
    private Json finalizers() {
        var all = List.of("x.io/a", "x.io/b", "x.io/c");
        return new Json.Arr(
                all.stream().filter(text -> chance()).map(text -> (Json) Json.of(text)).toList());
    }

    private Json keyed(java.util.function.Function<String, Json.Obj> maker) {
        var names = new ArrayList<>(List.of("a", "b", "c", "d"));
        Collections.shuffle(names, random);
        return new Json.Arr(
                names.subList(0, 1 + random.nextInt(4)).stream()
                        .map(name -> (Json) maker.apply(name))
                        .toList());
    }

    private void maybe(Map<String, Json> into, String field, Supplier<Json> value) {
        if (chance()) {
            into.put(field, value.get());
        }
    }
}
