package io.coxswain.apiserver.cel;

/// A type as a value: what `type(x)` gives and `int`, `string`, … name.
public record CelType(String name) {

    @Override
    public String toString() {
        return name;
    }
}
