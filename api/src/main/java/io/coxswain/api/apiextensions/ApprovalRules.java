package io.coxswain.api.apiextensions;

import io.coxswain.api.schema.FieldErrors;
import java.net.URI;
import java.net.URISyntaxException;

/// Definitions in groups that belong to Kubernetes itself need somebody's approval.
public final class ApprovalRules {

    /// Names the pull request that approved the API, or says that it is unapproved on purpose.
    public static final String ANNOTATION = "api-approved.kubernetes.io";

    private ApprovalRules() {}

    /// What the annotation says.
    public enum State {
        INVALID,
        APPROVED,
        BYPASSED,
        MISSING
    }

    public static boolean protects(String group) {
        return group.equals("k8s.io")
                || group.endsWith(".k8s.io")
                || group.equals("kubernetes.io")
                || group.endsWith(".kubernetes.io");
    }

    public static State state(CustomResourceDefinition definition) {
        var text = definition.metadata().annotations().getOrDefault(ANNOTATION, "");
        if (text.isEmpty()) {
            return State.MISSING;
        }
        if (text.startsWith("unapproved")) {
            return State.BYPASSED;
        }
        try {
            var uri = new URI(text);
            return uri.getScheme() != null && uri.getHost() != null
                    ? State.APPROVED
                    : State.INVALID;
        } catch (URISyntaxException e) {
            return State.INVALID;
        }
    }

    /// Why the state is what it is, as conditions say it.
    public static String reason(CustomResourceDefinition definition) {
        var text = definition.metadata().annotations().getOrDefault(ANNOTATION, "");
        return switch (state(definition)) {
            case MISSING ->
                    "protected groups must have approval annotation \""
                            + ANNOTATION
                            + "\", see https://github.com/kubernetes/enhancements/pull/1111";
            case INVALID ->
                    "protected groups must have approval annotation \""
                            + ANNOTATION
                            + "\" with either a URL or a reason starting with \"unapproved\", see"
                            + " https://github.com/kubernetes/enhancements/pull/1111";
            case BYPASSED -> "not approved: \"" + text + "\"";
            case APPROVED -> "approved in " + text;
        };
    }

    static void check(CustomResourceDefinition definition, FieldErrors errors) {
        if (!protects(definition.spec().group())) {
            return;
        }
        var at = errors.at("metadata").at("annotations").key(ANNOTATION);
        switch (state(definition)) {
            case MISSING -> at.required(reason(definition));
            case INVALID ->
                    at.invalid(
                            definition.metadata().annotations().get(ANNOTATION),
                            reason(definition));
            case APPROVED, BYPASSED -> {}
        }
    }
}
