package org.almosttls.ocsp;

import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.almosttls.config.Clock;
import org.almosttls.config.StapleSource;
import org.almosttls.ocsp.OcspQuestion.Answer;

/**
 * Responses from the CA's responders, each certificate's asked for once at a time and kept while it is good. A responder
 * that fails or is slow costs handshakes the staple and their patience, nothing else, and is left alone for a minute.
 */
public final class OcspStaples implements StapleSource {

    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

    private final StaplingSettings settings;
    private final Clock clock;
    private final Map<X509Certificate, Asked> cache;

    /** What came of asking, and until when that is not asked again. */
    private record Fetched(Optional<byte[]> response, Instant until) {}

    /** @param awaited until when handshakes wait for it; who comes later does without, however long it takes */
    private record Asked(CompletableFuture<Fetched> answer, Instant awaited) {

        boolean isGood(Instant now) {
            if (!answer.isDone()) return true;
            return !answer.isCompletedExceptionally() && answer.join().until().isAfter(now);
        }
    }

    /** By the platform's properties as they are now. */
    public OcspStaples(Clock clock) {
        this(StaplingSettings.ofSystem(), clock);
    }

    OcspStaples(StaplingSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.cache = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<X509Certificate, Asked> eldest) {
                return size() > settings.cacheSize();
            }
        };
    }

    /** A certificate without its issuer beside it cannot be asked about. */
    @Override
    public Optional<byte[]> responseFor(List<X509Certificate> chain) {
        if (chain.size() < 2) return Optional.empty();
        try {
            var asked = asked(new OcspQuestion(chain.get(0), chain.get(1)));
            var patience = Duration.between(clock.now(), asked.awaited).toMillis();
            return asked.answer
                    .get(Math.max(0, patience), TimeUnit.MILLISECONDS)
                    .response()
                    .map(byte[]::clone);
        } catch (TimeoutException | ExecutionException late) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private synchronized Asked asked(OcspQuestion question) {
        var known = cache.get(question.certificate());
        if (known != null && known.isGood(clock.now())) return known;
        var answer = CompletableFuture.supplyAsync(() -> fetch(question), OcspStaples::start);
        var fresh = new Asked(answer, clock.now().plus(settings.timeout()));
        cache.put(question.certificate(), fresh);
        return fresh;
    }

    /** Of its own, since the caller does not wait for it to the end. */
    private static void start(Runnable fetching) {
        var thread = new Thread(fetching, "AlmostTLS OCSP");
        thread.setDaemon(true);
        thread.start();
    }

    private Fetched fetch(OcspQuestion question) {
        try {
            var answer = ask(question);
            if (answer.isPresent()) return new Fetched(Optional.of(answer.get().response()), goodUntil(answer.get()));
        } catch (IOException | ParseException | RuntimeException unusable) {
            // No staple, then: whoever needs the status asks the responder itself.
        }
        return new Fetched(Optional.empty(), clock.now().plus(AFTER_FAILURE));
    }

    private Optional<Answer> ask(OcspQuestion question) throws IOException, ParseException {
        var named = settings.override() ? Optional.<URI>empty() : question.responder();
        var address = named.or(settings::responder);
        if (address.isEmpty()) return Optional.empty();
        byte[] response = new Responder(address.get(), settings.timeout()).ask(question.request());
        return question.answered(response, clock.now());
    }

    private Instant goodUntil(Answer answer) {
        boolean bounded = !settings.cacheLifetime().isZero();
        var bound = clock.now().plus(bounded ? settings.cacheLifetime() : AFTER_FAILURE);
        return answer.nextUpdate()
                .filter(next -> !bounded || next.isBefore(bound))
                .orElse(bound);
    }
}
