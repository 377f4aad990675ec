package io.coxswain.apiserver.crd;

import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionVersion;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceSubresourceScale;
import io.coxswain.api.apiextensions.CustomResourceDefinition.SelectableField;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one version of a definition says apart from its schema.
///
/// @param subresources `status`, `scale`
/// @param selectable JSON paths
/// @param terminating whether the definition is being deleted
/// @param deprecation what clients are warned with; empty for a version that is not deprecated
record VersionFacts(
        List<String> subresources,
        @Nullable CustomResourceSubresourceScale scale,
        List<String> selectable,
        String deprecation,
        boolean terminating) {

    static VersionFacts of(
            CustomResourceDefinitionVersion version,
            ResourceKind<CustomObject> kind,
            boolean terminating) {
        var names = new ArrayList<String>();
        var subresources = version.subresources();
        var scale = subresources == null ? null : subresources.scale();
        if (subresources != null
                && subresources.status() != null
                && !(subresources.status() instanceof Json.Null)) {
            names.add("status");
        }
        if (scale != null) {
            names.add("scale");
        }
        return new VersionFacts(
                List.copyOf(names),
                scale,
                version.selectableFields().stream().map(SelectableField::jsonPath).toList(),
                deprecation(version, kind),
                terminating);
    }

    boolean has(String subresource) {
        return subresources.contains(subresource);
    }

    private static String deprecation(
            CustomResourceDefinitionVersion version, ResourceKind<CustomObject> kind) {
        if (!version.deprecated()) {
            return "";
        }
        var own = version.deprecationWarning();
        return own == null ? kind.apiVersion() + " " + kind.kind() + " is deprecated" : own;
    }
}
