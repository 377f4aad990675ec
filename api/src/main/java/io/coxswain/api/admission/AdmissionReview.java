package io.coxswain.api.admission;

import io.coxswain.api.authentication.UserInfo;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.GroupVersionKind;
import io.coxswain.api.meta.GroupVersionResource;
import io.coxswain.api.meta.Status;
import io.coxswain.api.schema.Always;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record AdmissionReview(
        String kind,
        String apiVersion,
        @Nullable AdmissionRequest request,
        @Nullable AdmissionResponse response) {

    public record AdmissionRequest(
            @Always String uid,
            GroupVersionKind kind,
            GroupVersionResource resource,
            String subResource,
            @Nullable GroupVersionKind requestKind,
            @Nullable GroupVersionResource requestResource,
            String requestSubResource,
            String name,
            String namespace,
            @Always String operation,
            UserInfo userInfo,
            @Nullable @Always Json object,
            @Nullable @Always Json oldObject,
            @Nullable Boolean dryRun,
            @Nullable @Always Json options) {}

    public record AdmissionResponse(
            @Always String uid,
            @Always boolean allowed,
            @Nullable Status status,
            byte[] patch,
            @Nullable String patchType,
            Map<String, String> auditAnnotations,
            List<String> warnings) {}
}
