package io.coxswain.apiserver.cel.functions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/// A family of functions: what the type checker is told of them, and what they do.
public final class Library {

    private final List<String> declarations = new ArrayList<>();
    private final Map<String, List<Function>> functions = new LinkedHashMap<>();

    /// Overloads as text: `name(type, …): type`, with `receiver.` before the name of a member.
    Library declare(String... overloads) {
        declarations.addAll(List.of(overloads));
        return this;
    }

    Library function(String name, Function function) {
        functions.computeIfAbsent(name, key -> new ArrayList<>()).add(function);
        return this;
    }

    /// A function of one text.
    Library text(String name, UnaryOperator<Object> function) {
        return function(
                name, a -> a.length == 1 && a[0] instanceof String ? function.apply(a[0]) : null);
    }

    /// A function of two texts.
    Library texts(String name, BinaryOperator<Object> function) {
        return function(
                name,
                a ->
                        a.length == 2 && a[0] instanceof String && a[1] instanceof String
                                ? function.apply(a[0], a[1])
                                : null);
    }

    public List<String> declarations() {
        return declarations;
    }

    public Map<String, List<Function>> functions() {
        return functions;
    }
}
