package io.coxswain.api.meta;

import io.coxswain.api.schema.Required;

public record VersionInfo(
        @Required String major,
        @Required String minor,
        String emulationMajor,
        String emulationMinor,
        String minCompatibilityMajor,
        String minCompatibilityMinor,
        @Required String gitVersion,
        @Required String gitCommit,
        @Required String gitTreeState,
        @Required String buildDate,
        @Required String goVersion,
        @Required String compiler,
        @Required String platform) {}
