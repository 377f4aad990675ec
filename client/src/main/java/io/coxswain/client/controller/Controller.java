package io.coxswain.client.controller;

import io.coxswain.api.schema.Resource;

/// Decides what should happen for one object. Pure: everything it may look at is in its arguments.
public interface Controller<T extends Resource> {

    /// What to do so that the world looks as `object` asks. Called again whenever the object, or
    /// anything the controller's registration watches, changes; must give [Plan#NOTHING] when the
    /// world already fits.
    Plan reconcile(T object, View view);

    /// What to do after the object has gone from the view. Most controllers leave that to the
    /// garbage collector.
    default Plan gone(String namespace, String name, View view) {
        return Plan.NOTHING;
    }
}
