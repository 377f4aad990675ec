package io.coxswain.kubelet.events;

import io.coxswain.api.core.ObjectReference;

/// Takes events about objects. Never blocks and never fails: an event may be lost, work may not
/// wait.
@FunctionalInterface
public interface Events {

    String NORMAL = "Normal";
    String WARNING = "Warning";

    void emit(ObjectReference about, String type, String reason, String message);
}
