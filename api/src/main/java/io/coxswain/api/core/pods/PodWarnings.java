package io.coxswain.api.core.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodTemplateSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is allowed in a pod but not advisable.
public final class PodWarnings {

    private PodWarnings() {}

    public static List<String> of(Pod pod, @Nullable Pod old) {
        return old != null && old.spec().equals(pod.spec()) ? List.of() : of(pod.spec(), "spec");
    }

    public static List<String> of(PodTemplateSpec template, @Nullable PodTemplateSpec old) {
        return old != null && old.spec().equals(template.spec())
                ? List.of()
                : of(template.spec(), "spec.template.spec");
    }

    static List<String> of(PodSpec spec, String path) {
        var warnings = new ArrayList<String>();
        duplicateVariables(spec, path, warnings);
        return warnings;
    }

    private static void duplicateVariables(PodSpec spec, String path, List<String> warnings) {
        for (var i = 0; i < spec.containers().size(); i++) {
            var names = new HashSet<String>();
            var variables = spec.containers().get(i).env();
            for (var j = 0; j < variables.size(); j++) {
                if (!names.add(variables.get(j).name())) {
                    warnings.add(
                            path
                                    + ".containers["
                                    + i
                                    + "].env["
                                    + j
                                    + "]: hides previous definition of \""
                                    + variables.get(j).name()
                                    + "\", which may be dropped when using apply");
                }
            }
        }
    }
}
