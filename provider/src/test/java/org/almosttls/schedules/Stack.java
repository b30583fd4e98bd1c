package org.almosttls.schedules;

import java.security.Provider;
import java.util.Optional;
import java.util.Set;
import org.almosttls.AlmostTlsProvider;
import org.almosttls.config.OnRequest;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.event.TlsEventListener;
import org.almosttls.jsse.Scope;
import org.almosttls.jsse.TextbookTerms;
import org.almosttls.testkit.Contexts;

/** Whose engine an end is. */
enum Stack {
    OURS {
        @Override
        Provider provider(Set<Feature> features, int padding) {
            var wanted = OnRequest.of(features.toArray(Feature[]::new)).padding(padding);
            var textbook = new TextbookTerms(() -> false, said -> {});
            return new AlmostTlsProvider(TlsEventListener::none, textbook, Scope.ANY, () -> wanted, Optional::empty);
        }
    },
    PLATFORM {
        @Override
        Provider provider(Set<Feature> features, int padding) {
            return Contexts.PLATFORM;
        }
    };

    /** The platform's has none of the features. */
    abstract Provider provider(Set<Feature> features, int padding);
}
