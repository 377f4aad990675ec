package io.coxswain.apiserver.policy;

import io.coxswain.apiserver.cel.Bindings;
import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.cel.CelEnvironment;
import io.coxswain.apiserver.cel.CelEnvironment.Rejected;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.Program;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression of a policy: a program, or why it is none.
///
/// @param text trimmed, as messages quote it
record Compiled(String text, @Nullable Program program, String problem) {

    static Compiled of(CelEnvironment environment, String text) {
        return of(environment, text, List.of());
    }

    /// @param types what the result may be; empty for anything
    static Compiled of(CelEnvironment environment, String text, List<String> types) {
        return switch (environment.compile(text)) {
            case Rejected(var message) ->
                    new Compiled(text.strip(), null, "compilation failed: " + message);
            case CelEnvironment.Compiled(var program) -> {
                var fits = types.isEmpty() || types.contains(program.resultTypeName());
                yield fits
                        ? new Compiled(text.strip(), program, "")
                        : new Compiled(text.strip(), null, mustBe(types, program.resultTypeName()));
            }
        };
    }

    private static String mustBe(List<String> types, String found) {
        var wanted =
                types.size() == 1 ? types.getFirst() : "one of [" + String.join(" ", types) + "]";
        return "must evaluate to " + wanted + " but got " + found;
    }

    /// The value, or a [CelFailure].
    Object evaluate(Bindings bindings, Budget budget) {
        var ready = program;
        if (ready == null) {
            throw new CelFailure("compilation error: " + problem);
        }
        return ready.evaluate(bindings, budget);
    }
}
