package io.coxswain.bench.linear;

import io.coxswain.base.Clock;
import io.coxswain.bench.linear.Call.Op;
import io.coxswain.bench.linear.Call.Result;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// One client that reads and writes a few ConfigMaps at random, one request after the other.
final class Writer {

    static final int OBJECTS = 5;

    private static final Pattern ITEM = Pattern.compile("\"metadata\":\\{\"name\":");
    private static final Duration PAUSE = Duration.ofMillis(15);
    private static final String JSON = "application/json";

    private final int number;
    private final Http http;
    private final String path;
    private final Random random;
    private final AtomicLong values;
    private final History history;
    private final Map<String, Version> known = new HashMap<>();

    /// The version of an object that this client saw last.
    private record Version(long value, long revision) {}

    /// @param path of the namespace's ConfigMaps
    Writer(int number, Http http, String path, long seed, AtomicLong values, History history) {
        this.number = number;
        this.http = http;
        this.path = path;
        this.random = new Random(seed);
        this.values = values;
        this.history = history;
    }

    void run(int requests) {
        for (var i = 0; i < requests; i++) {
            if (random.nextInt(12) == 0) {
                list();
            } else {
                one("c" + random.nextInt(OBJECTS));
            }
        }
    }

    private void one(String name) {
        var value = values.incrementAndGet();
        var seen = known.getOrDefault(name, new Version(0, 0));
        var op =
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> new Op.Read();
                    case 3, 4 ->
                            seen.value() == 0
                                    ? new Op.Create(value)
                                    : new Op.Swap(seen.value(), value);
                    case 5 -> new Op.Create(value);
                    case 6 -> new Op.Put(value);
                    default -> new Op.Delete(random.nextBoolean() ? seen.value() : 0);
                };
        var invoked = Clock.SYSTEM.nanos();
        try {
            var answer = send(op, name, seen);
            if (answer.status() == 429) {
                return;
            }
            var result = result(op, answer);
            if (op instanceof Op.Read && result instanceof Result.Unknown) {
                return;
            }
            history.add(name, call(op, result, invoked, Clock.SYSTEM.nanos()));
            learn(name, result, answer);
        } catch (ConnectException | HttpConnectTimeoutException notSent) {
            Clock.SYSTEM.pause(PAUSE);
        } catch (IOException nobodyKnows) {
            if (!(op instanceof Op.Read)) {
                history.add(name, call(op, new Result.Unknown(), invoked, Call.NEVER));
            }
            known.remove(name);
        }
    }

    private Call call(Op op, Result result, long invoked, long returned) {
        return new Call(
                number,
                op,
                result,
                invoked,
                result instanceof Result.Unknown ? Call.NEVER : returned);
    }

    private Http.Answer send(Op op, String name, Version seen) throws IOException {
        var one = path + "/" + name;
        return switch (op) {
            case Op.Read() -> http.send("GET", one, null, "");
            case Op.Create(var value) -> http.send("POST", path, JSON, object(name, "", value));
            case Op.Swap(var _, var value) ->
                    http.send("PUT", one, JSON, object(name, version(seen), value));
            case Op.Put(var value) -> put(one, name, value);
            case Op.Delete(var expected) -> http.send("DELETE", one, JSON, options(expected, seen));
        };
    }

    private Http.Answer put(String one, String name, long value) throws IOException {
        if (random.nextBoolean()) {
            return http.send("PUT", one, JSON, object(name, "", value));
        }
        var patch = "{\"data\":{\"v\":\"" + value + "\"}}";
        return http.send("PATCH", one, "application/merge-patch+json", patch);
    }

    private static String object(String name, String version, long value) {
        return """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"%s},"data":{"v":"%d"}}
        """
                .formatted(name, version, value);
    }

    private static String version(Version seen) {
        return ",\"resourceVersion\":\"" + seen.revision() + "\"";
    }

    private static String options(long expected, Version seen) {
        return expected == 0
                ? "{}"
                : "{\"preconditions\":{\"resourceVersion\":\"" + seen.revision() + "\"}}";
    }

    private static Result result(Op op, Http.Answer answer) {
        return switch (answer.status()) {
            case 200, 201 ->
                    op instanceof Op.Read ? new Result.Found(answer.value()) : new Result.Done();
            case 404 -> new Result.Missing();
            case 409 -> new Result.Refused();
            default -> new Result.Unknown();
        };
    }

    private void learn(String name, Result result, Http.Answer answer) {
        if (!(result instanceof Result.Done || result instanceof Result.Found)) {
            known.remove(name);
            return;
        }
        var value = answer.value();
        if (value == 0) {
            known.remove(name);
            return;
        }
        known.put(name, new Version(value, answer.revision()));
        history.version(value, answer.revision());
    }

    /// Reads all objects at once: a read of each, and a state to compare with the events.
    private void list() {
        var invoked = Clock.SYSTEM.nanos();
        try {
            var answer = http.send("GET", path, null, "");
            if (answer.status() != 200) {
                return;
            }
            var returned = Clock.SYSTEM.nanos();
            var values = new HashMap<String, Long>();
            var parts = ITEM.split(answer.body());
            for (var i = 1; i < parts.length; i++) {
                var name = parts[i].substring(1, parts[i].indexOf('"', 1));
                var value = Http.value(parts[i]);
                if (name.startsWith("c")) {
                    values.put(name, value);
                    history.version(value, Http.revision(parts[i]));
                }
            }
            for (var i = 0; i < OBJECTS; i++) {
                var value = values.get("c" + i);
                var result = value == null ? new Result.Missing() : new Result.Found(value);
                history.add("c" + i, call(new Op.Read(), result, invoked, returned));
            }
            history.add(new Seen.Listing(answer.revision(), values));
        } catch (IOException unanswered) {
            Clock.SYSTEM.pause(PAUSE);
        }
    }
}
