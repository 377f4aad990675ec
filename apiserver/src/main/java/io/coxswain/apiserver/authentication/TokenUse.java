package io.coxswain.apiserver.authentication;

import io.coxswain.api.core.Secret;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Request;
import java.util.HashMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes on a Secret on which day its token was last used, so that tokens nobody uses can go.
public record TokenUse(Registry registry, Catalog catalog) implements BiConsumer<Secret, String> {

    private static final Logger LOG = LoggerFactory.getLogger(TokenUse.class);
    private static final User SELF = User.of("system:apiserver", User.MASTERS);

    @Override
    public void accept(Secret secret, String day) {
        var kind = catalog.of(Secret.class);
        var path = kind.kind().path(secret.namespace(), secret.name());
        try {
            registry.update(
                    Call.of(Request.of("PATCH", path)).as(SELF),
                    kind,
                    kind.key(secret.namespace(), secret.name()),
                    Part.MAIN,
                    stored -> noted(stored, day),
                    WriteOptions.internal("kube-apiserver"));
        } catch (ApiError gone) {
            LOG.debug("the use of a token was not noted: {}", gone.getMessage());
        }
    }

    private static Secret noted(Secret secret, String day) {
        var labels = new HashMap<>(secret.metadata().labels());
        labels.put(LegacyTokens.LAST_USED, day);
        return Edit.with(
                secret, Secret::metadata, Edit.with(secret.metadata(), ObjectMeta::labels, labels));
    }
}
