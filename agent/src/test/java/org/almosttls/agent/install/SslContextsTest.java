package org.almosttls.agent.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.options.InstallRules;
import org.almosttls.agent.report.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SslContextsTest {

    private static final String REASON = "made to fail";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Told told = new Told(new PrintStream(said, true, StandardCharsets.UTF_8));

    private List<String> lines() {
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Object ask(SslContexts contexts, Object... arguments) {
        return contexts.apply(arguments);
    }

    @Test
    void aContextAskedForByAlgorithmIsOurs() {
        StandIn ours = new StandIn();
        assertSame(
                ours,
                ((SSLContext) ask(new SslContexts(() -> ours, InstallRules.NONE, new SeenProviders(), told), "TLS"))
                        .getProvider());
    }

    @Test
    void aContextOfThePlatformsProviderByNameIsOurs() {
        StandIn ours = new StandIn();
        assertSame(
                ours,
                ((SSLContext) ask(
                                new SslContexts(() -> ours, InstallRules.NONE, new SeenProviders(), told),
                                "TLS",
                                "SunJSSE"))
                        .getProvider());
    }

    @Test
    void aContextOfThePlatformsProviderItselfIsOurs() {
        StandIn ours = new StandIn();
        Provider platform = Security.getProvider("SunJSSE");
        assertSame(
                ours,
                ((SSLContext) ask(
                                new SslContexts(() -> ours, InstallRules.NONE, new SeenProviders(), told),
                                "TLS",
                                platform))
                        .getProvider());
    }

    @Test
    void aProviderThatTheApplicationNamesIsItsChoice() {
        assertNull(ask(new SslContexts(StandIn::new, InstallRules.NONE, new SeenProviders(), told), "TLS", "BCJSSE"));
    }

    @Test
    void aProviderThatTheApplicationHandsOverIsItsChoice() {
        assertNull(
                ask(new SslContexts(StandIn::new, InstallRules.NONE, new SeenProviders(), told), "TLS", new StandIn()));
    }

    @Test
    void whatIsMissingIsLeftToThePlatformToComplainOf() {
        SslContexts contexts = new SslContexts(StandIn::new, InstallRules.NONE, new SeenProviders(), told);
        assertNull(ask(contexts, (Object) null));
        assertNull(ask(contexts, "TLS", null));
        assertEquals(List.of(), lines());
    }

    @Test
    void anAlgorithmThatWeDoNotHaveIsLeftToThePlatformAndToldOnce() {
        SslContexts contexts = new SslContexts(StandIn::new, InstallRules.NONE, new SeenProviders(), told);
        assertNull(ask(contexts, "DTLS"));
        assertNull(ask(contexts, "DTLS"));
        assertEquals(
                List.of("AlmostTLS: SSLContext \"DTLS\" is not one of AlmostTLS; the application keeps its own"),
                lines());
    }

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class, StackOverflowError.class})
    void aFailureOfOursIsCountedToldOnceAndNeverSeenByTheApplication(Class<? extends Throwable> kind) {
        long before = AgentBridge.failures();
        SslContexts contexts = new SslContexts(
                () -> {
                    throw thrown(kind);
                },
                InstallRules.NONE,
                new SeenProviders(),
                told);
        assertNull(ask(contexts, "TLS"));
        assertNull(ask(contexts, "TLS"));
        assertEquals(before + 2, AgentBridge.failures());
        assertEquals(
                List.of("AlmostTLS: cannot give the application a TLS context, it keeps its own (" + kind.getName()
                        + ": " + REASON + ")"),
                lines());
    }

    @Test
    void whileOneOfOursIsBeingMadeThePlatformAnswersTheSameThread() {
        AtomicReference<SslContexts> itself = new AtomicReference<>();
        AtomicReference<Object> inner = new AtomicReference<>("never asked");
        StandIn ours = new StandIn();
        itself.set(new SslContexts(
                () -> {
                    inner.set(ask(itself.get(), "TLS"));
                    return ours;
                },
                InstallRules.NONE,
                new SeenProviders(),
                told));
        assertSame(ours, ((SSLContext) ask(itself.get(), "TLS")).getProvider());
        assertNull(inner.get());
    }

    private static Error thrown(Class<? extends Throwable> kind) {
        try {
            Throwable made = kind.getConstructor(String.class).newInstance(REASON);
            if (made instanceof Error error) return error;
            throw (RuntimeException) made;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Ours, but the platform's engine under it. */
    private static final class StandIn extends Provider {

        private static final long serialVersionUID = 1L;

        StandIn() {
            super("StandIn", "1", "for this test");
            Service platform = Security.getProvider("SunJSSE").getService("SSLContext", "TLS");
            putService(new Service(this, "SSLContext", "TLS", platform.getClassName(), List.of(), null) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    return platform.newInstance(parameter);
                }
            });
        }
    }
}
