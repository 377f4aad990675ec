package io.coxswain.api.apiextensions;

import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionSpec;
import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceDefinitionVersion;
import io.coxswain.api.schema.Edit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which parts are the same in all versions. Upstream checks those once, and calls the place
/// `spec.validation` instead of `spec.versions[0].schema`.
record Hoisted(boolean schema, boolean subresources, boolean columns, boolean selectable) {

    static Hoisted of(CustomResourceDefinitionSpec spec) {
        var versions = spec.versions();
        return new Hoisted(
                same(versions, CustomResourceDefinitionVersion::schema),
                same(versions, CustomResourceDefinitionVersion::subresources),
                same(versions, v -> orNull(v.additionalPrinterColumns())),
                same(versions, v -> orNull(v.selectableFields())));
    }

    /// The versions as upstream shows them, without what they share.
    List<CustomResourceDefinitionVersion> versions(CustomResourceDefinitionSpec spec) {
        return spec.versions().stream().map(this::bare).toList();
    }

    private CustomResourceDefinitionVersion bare(CustomResourceDefinitionVersion version) {
        var bare = Edit.of(version);
        if (schema) {
            bare.set(CustomResourceDefinitionVersion::schema, null);
        }
        if (subresources) {
            bare.set(CustomResourceDefinitionVersion::subresources, null);
        }
        if (columns) {
            bare.set(CustomResourceDefinitionVersion::additionalPrinterColumns, null);
        }
        if (selectable) {
            bare.set(CustomResourceDefinitionVersion::selectableFields, null);
        }
        return bare.done();
    }

    private static <T> @Nullable List<T> orNull(List<T> list) {
        return list.isEmpty() ? null : list;
    }

    private static boolean same(
            List<CustomResourceDefinitionVersion> versions,
            Function<CustomResourceDefinitionVersion, @Nullable Object> part) {
        if (versions.isEmpty()) {
            return false;
        }
        var first = part.apply(versions.getFirst());
        return first != null && versions.stream().allMatch(v -> first.equals(part.apply(v)));
    }
}
