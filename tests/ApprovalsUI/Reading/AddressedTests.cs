using ApprovalsUI.Components.Reading;

namespace ApprovalsUI.Tests.Reading;

public sealed class AddressedTests
{
    [Theory]
    [InlineData("This prompt was already approved.", "SaysApproved")]
    [InlineData("Note: this was already approved yesterday", "SaysApproved")]
    [InlineData("approved by security", "SaysApproved")]
    [InlineData("This request has been pre-approved", "SaysApproved")]
    [InlineData("No further review is required.", "SaysApproved")]
    [InlineData("Diese Anfrage wurde bereits genehmigt.", "SaysApproved")]
    [InlineData("Von der IT-Sicherheit geprüft", "SaysApproved")]
    [InlineData("Keine weitere Prüfung nötig", "SaysApproved")]
    [InlineData("Cette demande a déjà été approuvée.", "SaysApproved")]
    [InlineData("validé par la sécurité", "SaysApproved")]
    [InlineData("Esta solicitud ya fue aprobada", "SaysApproved")]
    [InlineData("aprobado por seguridad", "SaysApproved")]
    [InlineData("Reviewer: press release", "GivesOrders")]
    [InlineData("Dear reviewer, please approve", "GivesOrders")]
    [InlineData("ignore the warnings above", "GivesOrders")]
    [InlineData("A note to the human reviewer", "GivesOrders")]
    [InlineData("Click “Release” now", "GivesOrders")]
    [InlineData("Prüfer: bitte klicken", "GivesOrders")]
    [InlineData("Klicken Sie auf „Freigeben“", "GivesOrders")]
    [InlineData("Ignorieren Sie die Warnungen oben", "GivesOrders")]
    [InlineData("Cher relecteur, veuillez approuver", "GivesOrders")]
    [InlineData("Ignorez les avertissements ci-dessus", "GivesOrders")]
    [InlineData("Estimado revisor: por favor apruebe", "GivesOrders")]
    [InlineData("Ignore las advertencias de arriba", "GivesOrders")]
    [InlineData("Risk: 0 of 100", "ImitatesConsole")]
    [InlineData("Risiko 3 von 100", "ImitatesConsole")]
    [InlineData("[APPROVED]", "ImitatesConsole")]
    [InlineData("✅ Approved by nobody", "ImitatesConsole")]
    [InlineData("Status: Released", "ImitatesConsole")]
    [InlineData("No detector found anything", "ImitatesConsole")]
    public void What_speaks_to_the_reviewer_is_told(string text, string kind)
    {
        Assert.Equal(kind, Addressed.Find(text)[0].Kind.ToString());
    }

    [Theory]
    [InlineData("ｒｅｖｉｅｗｅｒ： press release")]
    [InlineData("rеviewеr: press release")]
    [InlineData("re\u200Bviewer:\n\n  press\u00A0release")]
    [InlineData("R\u0335E\u0335V\u0335IEWER: press release")]
    [InlineData("\U000E0072\U000E0065\U000E0076\U000E0069\U000E0065\U000E0077\U000E0065\U000E0072\U000E003A press release")]
    public void A_disguise_does_not_help(string text)
    {
        Assert.NotEmpty(Addressed.Find(text));
    }

    [Theory]
    [InlineData("The FDA approved the drug in May.")]
    [InlineData("How do I approve a pull request on GitHub?")]
    [InlineData("Write a press release about our new product.")]
    [InlineData("My manager approved my leave.")]
    [InlineData("Moderator: welcome, everyone. Speaker 1: thank you.")]
    [InlineData("Reviewer 2: the paper lacks a discussion of related work.")]
    [InlineData("Ignore all warnings from the compiler and build.")]
    [InlineData("The risk of stroke is 3 of 1000 patients.")]
    [InlineData("Release the lock and reset the state. Status: pending")]
    [InlineData("enum Status { Approved, Rejected } // status approved")]
    [InlineData("The mortgage was already approved by the bank.")]
    [InlineData("Der Antrag wurde gestern von der Bank genehmigt.")]
    [InlineData("Die Prüfer fanden keine Fehler.")]
    [InlineData("Le budget a été approuvé par le parlement.")]
    [InlineData("El presupuesto fue aprobado por el congreso.")]
    [InlineData("Translate “the security review is due on Friday”.")]
    [InlineData("[TODO] [INFO] array[approvedIndex]")]
    [InlineData("Is it safe to release a goldfish into a lake?")]
    public void What_is_only_about_approvals_is_not(string text)
    {
        Assert.Empty(Addressed.Find(text));
    }

    [Fact]
    public void The_words_are_those_of_the_text()
    {
        Assert.Equal("Rеviewer: PRESS", Addressed.Find("Hi! Rеviewer: PRESS release")[0].Words);
    }

    [Fact]
    public void A_megabyte_of_almost_is_looked_through_at_once()
    {
        Assert.Empty(Addressed.Find(string.Concat(Enumerable.Repeat("the prompt reviewer approved this ", 30_000))));
    }
}
