/// CronJobs: Jobs by the calendar.
@NullMarked
package io.coxswain.controllers.cronjob;

import org.jspecify.annotations.NullMarked;
