package io.coxswain.apiserver.cel.functions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All functions an expression may call.
public final class Libraries {

    public static final List<Library> ALL =
            List.of(
                    Operators.library(),
                    Conversions.library(),
                    TimeFunctions.library(),
                    TextFunctions.library(),
                    RegexFunctions.library(),
                    ListFunctions.library(),
                    OptionalFunctions.library(),
                    QuantityFunctions.library(),
                    AddressFunctions.library(),
                    UrlFunctions.library(),
                    SemverFunctions.library(),
                    FormatFunctions.library(),
                    AuthorizerFunctions.library(),
                    PatchFunctions.library());

    private static final Map<String, Function> BY_NAME = byName();

    private Libraries() {}

    /// What a function does, or null when no family has it.
    public static @Nullable Function find(String name) {
        return BY_NAME.get(name);
    }

    private static Map<String, Function> byName() {
        var all = new HashMap<String, List<Function>>();
        for (var library : ALL) {
            library.functions()
                    .forEach((name, functions) ->
                            all.computeIfAbsent(name, key -> new ArrayList<>()).addAll(functions));
        }
        var one = new HashMap<String, Function>();
        all.forEach((name, functions) -> one.put(name, oneOf(functions)));
        return Map.copyOf(one);
    }

    private static Function oneOf(List<Function> functions) {
        if (functions.size() == 1) {
            return functions.getFirst();
        }
        return arguments -> {
            for (var function : functions) {
                var result = function.call(arguments);
                if (result != null) {
                    return result;
                }
            }
            return null;
        };
    }
}
