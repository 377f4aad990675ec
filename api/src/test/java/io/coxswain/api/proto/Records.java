package io.coxswain.api.proto;

import io.coxswain.api.Kinds;
import io.coxswain.api.schema.RecordType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The records that have a message: all kinds, what is sent without being stored, and their parts.
final class Records {

    private Records() {}

    /// The records that are a body or the value of a key.
    static List<Class<?>> roots() {
        var roots = new LinkedHashSet<Class<?>>();
        Kinds.BUILT_IN.forEach(kind -> roots.add(kind.type()));
        roots.addAll(
                List.of(
                        io.coxswain.api.meta.Status.class,
                        io.coxswain.api.meta.APIGroupList.class,
                        io.coxswain.api.meta.APIResourceList.class,
                        io.coxswain.api.meta.APIVersions.class,
                        io.coxswain.api.meta.CreateOptions.class,
                        io.coxswain.api.meta.DeleteOptions.class,
                        io.coxswain.api.meta.PatchOptions.class,
                        io.coxswain.api.meta.UpdateOptions.class,
                        io.coxswain.api.meta.PartialObjectMetadata.class,
                        io.coxswain.api.core.Binding.class,
                        io.coxswain.api.policy.Eviction.class,
                        io.coxswain.api.autoscaling.Scale.class,
                        io.coxswain.api.authentication.TokenRequest.class,
                        io.coxswain.api.authentication.TokenReview.class,
                        io.coxswain.api.authentication.SelfSubjectReview.class,
                        io.coxswain.api.authorization.SubjectAccessReview.class,
                        io.coxswain.api.authorization.LocalSubjectAccessReview.class,
                        io.coxswain.api.authorization.SelfSubjectAccessReview.class,
                        io.coxswain.api.authorization.SelfSubjectRulesReview.class,
                        io.coxswain.api.admission.AdmissionReview.class,
                        io.coxswain.api.apiextensions.ConversionReview.class));
        return List.copyOf(roots);
    }

    /// The roots and every record inside them.
    static Set<Class<?>> all() {
        var all = new LinkedHashSet<Class<?>>();
        roots().forEach(root -> add(root, all));
        return all;
    }

    private static void add(Class<?> record, Set<Class<?>> all) {
        if (Numbers.of(record) == null && !Records.class.isAssignableFrom(record)) {
            all.add(record);
            return;
        }
        if (all.add(record)) {
            RecordType.of(record).components().forEach(part -> parts(part.type(), all));
        }
    }

    private static void parts(Type type, Set<Class<?>> all) {
        if (type instanceof ParameterizedType generic) {
            for (var argument : generic.getActualTypeArguments()) {
                parts(argument, all);
            }
        } else if (type instanceof Class<?> raw
                && raw.isRecord()
                && raw.getPackageName().startsWith("io.coxswain.api.")
                && !raw.getPackageName().equals("io.coxswain.api.schema")
                && !raw.getPackageName().equals("io.coxswain.api.json")) {
            add(raw, all);
        }
    }
}
