package io.coxswain.conformance.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.NullUnmarked;

/// A page that some pods serve.
@Group("conformance.example.com")
@Version("v1")
@NullUnmarked
public class Website extends CustomResource<Website.Spec, Website.Status> implements Namespaced {

    private static final long serialVersionUID = 1;

    /// What is wanted.
    public static class Spec {
        public String page;
        public Integer replicas;
    }

    /// What is so.
    public static class Status {
        public Integer ready;
        public Long observedGeneration;
    }
}
