package io.coxswain.apiserver.admission;

import io.coxswain.api.networking.Ingress;
import io.coxswain.api.networking.Ingress.IngressSpec;
import io.coxswain.api.networking.IngressClass;
import io.coxswain.api.schema.Edit;
import java.util.Comparator;

/// An Ingress that names no class gets the default one; the newest, if there are several.
record DefaultIngressClass(Objects objects) implements AdmissionPlugin {

    private static final String IS_DEFAULT = "ingressclass.kubernetes.io/is-default-class";
    private static final String OLD_CLASS = "kubernetes.io/ingress.class";

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("ingresses.networking.k8s.io")
                || !(object instanceof Ingress ingress)
                || ingress.spec().ingressClassName() != null
                || ingress.metadata().annotations().containsKey(OLD_CLASS)) {
            return object;
        }
        var standard =
                objects.all(IngressClass.class).stream()
                        .filter(type ->
                                "true".equals(type.metadata().annotations().get(IS_DEFAULT)))
                        .min(
                                Comparator.comparing((IngressClass type) ->
                                                String.valueOf(type.metadata().creationTimestamp()))
                                        .reversed()
                                        .thenComparing(IngressClass::name));
        if (standard.isEmpty()) {
            return object;
        }
        var spec = Edit.with(ingress.spec(), IngressSpec::ingressClassName, standard.get().name());
        return (T) Edit.with(ingress, Ingress::spec, spec);
    }
}
