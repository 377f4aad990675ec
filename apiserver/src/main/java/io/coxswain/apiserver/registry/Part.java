package io.coxswain.apiserver.registry;

/// Which part of an object a write is for: a subresource may change only its own.
///
/// @param subresource as managed fields and admission name it; empty for the object itself
/// @param admitted whether admission has let the change in already, as something else than a change
///     of the object
public record Part(String subresource, boolean admitted) {

    public static final Part MAIN = new Part("");
    public static final Part STATUS = new Part("status");
    public static final Part SCALE = new Part("scale", true);

    public Part(String subresource) {
        this(subresource, false);
    }

    public boolean isStatus() {
        return subresource.equals("status");
    }
}
