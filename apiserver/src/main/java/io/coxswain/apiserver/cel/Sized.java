package io.coxswain.apiserver.cel;

/// An opaque value whose size costs are counted by.
public interface Sized {

    long size();
}
