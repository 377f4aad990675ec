package io.coxswain.apiserver.cel.functions;

import io.coxswain.apiserver.cel.CelType;

/// A value that only functions can look into.
public interface Opaque {

    CelType type();
}
