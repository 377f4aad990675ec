package io.coxswain.controllers.cronjob;

import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.viewAt;
import static io.coxswain.controllers.PlanAssert.assertThat;

import io.coxswain.api.batch.CronJob;
import io.coxswain.api.batch.CronJob.CronJobSpec;
import io.coxswain.api.batch.CronJob.CronJobStatus;
import io.coxswain.api.batch.Job;
import io.coxswain.api.schema.Edit;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class CronJobControllerTest {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private final CronJobController controller = new CronJobController();

    @Test
    void waitsForItsTime() {
        assertThat(controller.reconcile(cron("Allow"), viewAt(CREATED.plusSeconds(60))))
                .creates(0)
                .looksAgainIn(Duration.ofMinutes(4));
    }

    @Test
    void makesUpForTheLastTimeItMissed() {
        var plan = controller.reconcile(cron("Allow"), viewAt(CREATED.plusSeconds(660)));

        assertThat(plan)
                .created(Job.class)
                .singleElement()
                .satisfies(job -> {
                    Assertions.assertThat(job.name()).isEqualTo("tick-29453770");
                    Assertions.assertThat(job.metadata().annotations())
                            .containsEntry(
                                    "batch.kubernetes.io/cronjob-scheduled-timestamp",
                                    "2026-01-01T00:10:00Z");
                });
        assertThat(plan)
                .statuses(CronJob.class)
                .singleElement()
                .satisfies(cron ->
                        Assertions.assertThat(cron.status().lastScheduleTime())
                                .isEqualTo("2026-01-01T00:10:00Z"));
        assertThat(plan).events().containsExactly("SuccessfulCreate: Created job tick-29453770");
    }

    @Test
    void doesNotStartBesideARunningJobIfThatIsForbidden() {
        var cron = cron("Forbid");
        var running = any(Job.class, "tick-1").ownedBy(cron);

        var plan = controller.reconcile(cron, viewAt(CREATED.plusSeconds(330), running));

        assertThat(plan)
                .creates(0)
                .events()
                .singleElement()
                .asString()
                .startsWith("JobAlreadyActive");
    }

    @Test
    void replacesARunningJob() {
        var cron = cron("Replace");
        var running = any(Job.class, "tick-1").ownedBy(cron);

        assertThat(controller.reconcile(cron, viewAt(CREATED.plusSeconds(330), running)))
                .deletesOnly("tick-1")
                .creates(1);
    }

    @Test
    void aTimeThatWasServedIsNotServedAgain() {
        var served =
                Edit.with(
                        cron("Allow"),
                        CronJob::status,
                        Edit.of(CronJobStatus.class)
                                .set(CronJobStatus::lastScheduleTime, CREATED.plusSeconds(300))
                                .done());

        assertThat(controller.reconcile(served, viewAt(CREATED.plusSeconds(310)))).creates(0);
    }

    @Test
    void saysWhatItCannotRead() {
        var cron =
                Edit.with(
                        cron("Allow"),
                        CronJob::spec,
                        Edit.with(cron("Allow").spec(), CronJobSpec::schedule, "nonsense"));

        assertThat(controller.reconcile(cron, viewAt(CREATED)))
                .events()
                .containsExactly("UnparseableSchedule: unparseable schedule \"nonsense\"");
    }

    private static CronJob cron(String policy) {
        return any(CronJob.class, "tick")
                .created(CREATED)
                .set(
                        CronJob::spec,
                        Edit.of(CronJobSpec.class)
                                .set(CronJobSpec::schedule, "*/5 * * * *")
                                .set(CronJobSpec::concurrencyPolicy, policy)
                                .done())
                .build();
    }
}
