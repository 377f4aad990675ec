package io.coxswain.bench.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Every reader that is fuzzed, by name; each is made in the process that needs it.
final class Targets {

    static final Map<String, Supplier<FuzzTarget>> ALL = all();

    private Targets() {}

    private static Map<String, Supplier<FuzzTarget>> all() {
        var all = new LinkedHashMap<String, Supplier<FuzzTarget>>();
        all.put("json", Decoders::json);
        all.put("yaml", Decoders::yaml);
        all.put("cbor", Decoders::cbor);
        all.put("protobuf", Decoders::protobuf);
        all.put("records", Decoders::records);
        all.put("scalars", Decoders::scalars);
        all.put("patches", Patches::patches);
        all.put("apply", Patches::apply);
        all.put("selectors", Decoders::selectors);
        all.put("expressions", Expressions::expressions);
        all.put("tokens", Requests::continueTokens);
        all.put("requests", Requests::bodies);
        return all;
    }

    static FuzzTarget named(String name) {
        var target = ALL.get(name);
        if (target == null) {
            throw new IllegalArgumentException(
                    "no " + name + " among " + List.copyOf(ALL.keySet()));
        }
        return target.get();
    }
}
