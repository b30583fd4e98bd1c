package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.Violation;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent;
import org.almosttls.registry.Role;
import org.almosttls.trace.SessionLine.ClientProof;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosisTest {

    /** All alerts that have a name, but for the one that is no failure. */
    static Stream<AlertDescription> alerts() {
        return Arrays.stream(AlertDescription.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(DiagnosisTest::valueOf)
                .filter(alert -> !alert.equals(AlertDescription.CLOSE_NOTIFY));
    }

    private static AlertDescription valueOf(Field field) {
        try {
            return (AlertDescription) field.get(AlertDescription.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Circumstances seen(Role role, boolean established, HowEnded how, Optional<String> last) {
        return new Circumstances(
                role, established, ClientProof.NOT_REQUESTED, how, Synthetic.START, List.of(), false, last);
    }

    private static Diagnosis ofSilence(Role role, boolean established) {
        var seen = new Circumstances(
                role,
                established,
                ClientProof.NOT_GIVEN,
                HowEnded.TRUNCATED,
                Synthetic.START,
                List.of(),
                false,
                Optional.of("the client's Finished"));
        return Diagnosis.of(seen).orElseThrow();
    }

    private static Circumstances seenBy(Role role) {
        return seen(role, false, HowEnded.FAILED, Optional.empty());
    }

    private static void assertReadable(Diagnosis diagnosis) {
        for (String text : new String[] {diagnosis.cause(), diagnosis.next()}) {
            assertAll(
                    diagnosis.code(),
                    () -> assertFalse(text.contains("{"), text),
                    () -> assertTrue(text.endsWith("."), text),
                    () -> assertTrue(Character.isUpperCase(text.charAt(0)), text));
        }
    }

    @ParameterizedTest
    @EnumSource(Violation.class)
    void everyViolationHasAdviceOfItsOwn(Violation violation) {
        var fallback = "What this end saw: " + violation.text() + ".";
        assertNotEquals(fallback, ViolationAdvice.on(violation).cause(), "tell what it means in ViolationAdvice");
        for (Role role : Role.values()) {
            var diagnosis = Diagnosis.of(new TlsEvent.Failed(violation.exception()), seenBy(role));
            assertEquals(violation.name(), diagnosis.code());
            assertReadable(diagnosis);
        }
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyNamedAlertHasAdviceOfItsOwn(AlertDescription alert) {
        assertNotEquals(
                "The {peer} said " + alert.name() + " and not why.",
                AlertAdvice.on(alert).cause());
        var told = new TlsEvent.AlertTransferred(Direction.RECEIVED, AlertLevel.FATAL, alert);
        assertReadable(Diagnosis.of(told, seenBy(Role.CLIENT)));
    }

    @ParameterizedTest
    @EnumSource(HowEnded.class)
    void everyEndDuringTheHandshakeHasADiagnosis(HowEnded how) {
        var seen = seen(Role.CLIENT, false, how, Optional.of("the client's ClientHello"));
        var diagnosis = Diagnosis.of(seen).orElseThrow();
        assertReadable(diagnosis);
        assertTrue(diagnosis.cause().contains("after the client's ClientHello"), diagnosis.cause());
    }

    @ParameterizedTest
    @EnumSource(
            value = HowEnded.class,
            names = {"CLOSE_NOTIFY", "ABANDONED", "OPEN_AT_EXIT"})
    void anEstablishedSessionMayEndWell(HowEnded how) {
        var seen = seen(Role.CLIENT, true, how, Optional.empty());
        assertEquals(Optional.empty(), Diagnosis.of(seen));
    }

    /** As slapd does: it takes the handshake to its end, and then leaves. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatLeavesWithoutAWordMayHaveWantedACertificate(boolean established) {
        var diagnosis = ofSilence(Role.CLIENT, established);
        assertReadable(diagnosis);
        assertTrue(diagnosis.cause().endsWith("asked for a client certificate, and none was sent."), diagnosis.cause());
        assertTrue(diagnosis.next().startsWith("If the server insists on a certificate"), diagnosis.next());
        assertFalse(ofSilence(Role.SERVER, established).cause().contains("none was sent"));
    }

    @Test
    void thePeerIsCalledByItsRole() {
        var untrusted = new TlsEvent.Failed(Violation.CERTIFICATE_UNTRUSTED.exception());
        assertTrue(Diagnosis.of(untrusted, seenBy(Role.SERVER)).cause().startsWith("The client's certificate"));
        assertTrue(Diagnosis.of(untrusted, seenBy(Role.CLIENT)).cause().startsWith("The server's certificate"));
    }
}
