package io.coxswain.scheduler;

import io.coxswain.scheduler.framework.Profile;
import io.coxswain.scheduler.plugins.Plugins;

/// How a scheduler works.
///
/// @param schedulerName the pods that name it are its own
/// @param profile its plugins
/// @param writers how many requests to the API server it has open at once
public record SchedulerConfiguration(String schedulerName, Profile profile, int writers) {

    public static final SchedulerConfiguration DEFAULT =
            new SchedulerConfiguration("default-scheduler", Plugins.DEFAULT, 64);
}
