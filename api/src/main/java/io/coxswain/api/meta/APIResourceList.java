package io.coxswain.api.meta;

import io.coxswain.api.schema.Required;
import java.util.List;

public record APIResourceList(
        String kind,
        String apiVersion,
        @Required String groupVersion,
        @Required List<APIResource> resources) {

    public record APIResource(
            @Required String name,
            @Required String singularName,
            @Required boolean namespaced,
            String group,
            String version,
            @Required String kind,
            @Required List<String> verbs,
            List<String> shortNames,
            List<String> categories,
            String storageVersionHash) {}
}
