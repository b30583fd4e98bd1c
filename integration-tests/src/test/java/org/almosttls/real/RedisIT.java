package org.almosttls.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sample.testkit.ChildJvm;
import sample.testkit.Wiretap;

/** Jedis, which is told of no TLS, at Redis' port in plaintext, and upgraded at its port for TLS; somebody listens. */
@Timeout(300)
class RedisIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private static Path folder;

    @Test
    void theCacheAnswersTheSameAndNobodyHearsIt() throws Exception {
        boolean inCi = "true".equals(System.getenv("CI"));
        assumeTrue(inCi || Redis.present(), "there is no redis-server");
        Identities identities = Identities.in(folder);
        Pem own = Pem.of(identities.keys().serverEc());
        try (Redis redis = Redis.start(folder, own, identities.keys().caPem());
                Wiretap tap = new Wiretap(redis.plain(), 5)) {
            String expected = ask(identities, Plaintext.AS_IT_IS, tap.port());
            assertTrue(expected.endsWith("all as it was written\n"), expected);
            assertTrue(tap.has("a value") && tap.has("PONG"));
            tap.moveTo(redis.tls());
            assertEquals(expected, ask(identities, Plaintext.UPGRADED, tap.port()));
            for (String words : List.of("a value", "PONG", "greeting")) assertFalse(tap.has(words), words);
        }
    }

    private static String ask(Identities identities, Plaintext plaintext, int port) {
        Path own = identities.keys().client();
        String main = "ordinary.data.CacheClient";
        try (ChildJvm jvm = plaintext.start(identities, own, List.of(), main, "localhost", "" + port)) {
            assertEquals(0, jvm.waitFor(PATIENCE), jvm::stderr);
            if (plaintext == Plaintext.UPGRADED)
                assertTrue(Told.by(jvm, "client").count() > 1, jvm::stderr);
            return jvm.stdout();
        }
    }
}
