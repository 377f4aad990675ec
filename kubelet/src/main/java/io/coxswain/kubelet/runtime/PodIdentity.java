package io.coxswain.kubelet.runtime;

/// Which pod a sandbox is for, and the how-many-th sandbox of that pod it is, from 0.
public record PodIdentity(String name, String namespace, String uid, int attempt) {}
