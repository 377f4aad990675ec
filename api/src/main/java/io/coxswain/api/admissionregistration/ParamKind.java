package io.coxswain.api.admissionregistration;

import io.coxswain.api.schema.Atomic;

@Atomic
public record ParamKind(String apiVersion, String kind) {}
