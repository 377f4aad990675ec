package io.coxswain.api.authorization;

public record NonResourceAttributes(String path, String verb) {}
