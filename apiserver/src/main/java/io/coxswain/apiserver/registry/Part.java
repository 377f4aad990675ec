package io.coxswain.apiserver.registry;

/// Which part of an object a write is for: a subresource may change only its own.
///
/// @param subresource as managed fields and admission name it; empty for the object itself
public record Part(String subresource) {

    public static final Part MAIN = new Part("");
    public static final Part STATUS = new Part("status");

    public boolean isStatus() {
        return subresource.equals("status");
    }
}
