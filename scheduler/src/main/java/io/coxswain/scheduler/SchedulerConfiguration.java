package io.coxswain.scheduler;

public record SchedulerConfiguration() {
    public static final SchedulerConfiguration DEFAULT = new SchedulerConfiguration();
}
