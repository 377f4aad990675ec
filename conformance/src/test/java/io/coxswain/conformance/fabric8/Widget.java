package io.coxswain.conformance.fabric8;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.NullUnmarked;

/// A custom kind as a user of the client writes it.
@Group("conformance.example.com")
@Version("v1")
@NullUnmarked
public class Widget extends CustomResource<Widget.Spec, Widget.Status> implements Namespaced {

    private static final long serialVersionUID = 1;

    /// What is wanted.
    public static class Spec {
        public int size;
        public String colour;
    }

    /// What is so.
    public static class Status {
        public int ready;
        public String selector;
    }
}
