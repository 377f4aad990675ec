package io.coxswain.api.core;

public record EventSource(String component, String host) {}
