using Contracts;

namespace Gateway.Tests.Risk.Code;

/// <summary>Source code next to the other kinds of text that have many signs and short lines; ⏎ is a line break.</summary>
public sealed class CodeKinds_Tests
{
    [Theory]
    [InlineData("def total(xs):⏎    s = 0⏎    for x in xs:⏎        s += x⏎    return s")]
    [InlineData("fix this please:⏎const sum = (a, b) => a + b;⏎console.log(sum(1, 2));")]
    [InlineData("package main⏎import \"fmt\"⏎func main() {⏎  fmt.Println(\"hi\")⏎}")]
    [InlineData("fn main() {⏎    let x: i32 = 4;⏎    println!(\"{}\", x);⏎}")]
    [InlineData("public class A {⏎  private int x;⏎  public int getX() { return x; }⏎}")]
    [InlineData("using System;⏎namespace N;⏎internal sealed class A(int x)⏎{⏎    public int X => x;⏎}")]
    [InlineData("<?php⏎$x = $_GET['a'];⏎echo htmlspecialchars($x);")]
    [InlineData("#!/bin/bash⏎set -e⏎for f in *.txt; do⏎  echo \"$f\"⏎done")]
    [InlineData("SELECT u.id, u.name⏎FROM users u⏎JOIN orders o ON o.user_id = u.id⏎WHERE o.total > 4;")]
    [InlineData("class Person⏎  attr_reader :name⏎  def initialize(name)⏎    @name = name⏎  end⏎end")]
    [InlineData("x <- c(1, 2, 3)⏎y <- mean(x)⏎print(y)")]
    [InlineData("val xs = List(1, 2, 3)⏎val ys = xs.map(_ * 2)⏎println(ys)")]
    [InlineData(".box {⏎  color: red;⏎  margin: 0 auto;⏎}")]
    [InlineData("<div class=\"a\">⏎  <p>hi</p>⏎</div>")]
    [InlineData("resource \"aws_s3_bucket\" \"b\" {⏎  bucket = \"mine\"⏎  acl    = \"private\"⏎}")]
    public void Source_code_is_seen(string text) => Assert.True(IsCode(text));

    [Theory]
    [InlineData("Can you import the contacts from my phone and return the call?⏎I will try later; if it works, great.")]
    [InlineData("while I was out, the class ended⏎for me that is fine (really)⏎else we can talk tomorrow")]
    [InlineData("2024-05-01 10:30:00 INFO server started on port 8080⏎2024-05-01 10:30:01 WARN cache is cold⏎2024-05-01 10:30:02 ERROR timeout after 30 s")]
    [InlineData("10.0.0.5 - - [01/May/2024:10:30:00 +0000] \"GET /index.html HTTP/1.1\" 200 1043⏎10.0.0.6 - - [01/May/2024:10:30:01 +0000] \"GET /a.css HTTP/1.1\" 304 0")]
    [InlineData("name,city,age⏎Ann,Rome,31⏎Bob,Bonn,44⏎Carol,Oslo,29")]
    [InlineData("# Plan⏎⏎- buy milk⏎- call *Bob*⏎- read [this](https://site.org)⏎⏎> a quote")]
    [InlineData("| name | city |⏎|---|---|⏎| Ann | Rome |⏎| Bob | Bonn |")]
    [InlineData("\\section{Introduction}⏎We thank the reviewers \\cite{a}.⏎Let $x$ be a number.")]
    [InlineData("Ann: are you there?⏎Bob: yes :)⏎Ann: great, call me at 5 (or 6)")]
    [InlineData("1. Preheat the oven; 200 degrees.⏎2. Mix flour, eggs and milk.⏎3. Bake for 30 minutes.")]
    [InlineData("To: bob@site.org⏎From: ann@site.org⏎Subject: lunch⏎⏎Let's meet at 12.")]
    [InlineData("Q: What is a class?⏎A: A group of pupils.⏎Q: What is a function?⏎A: A purpose.")]
    [InlineData("Schreibe eine Funktion, die zwei Zahlen addiert;⏎sie soll \"add\" heißen.")]
    [InlineData("select the best answer from the list where you can⏎update me when you know more")]
    [InlineData("a = b + c is an equation⏎and so is e = mc2, as we know.")]
    public void Other_text_is_not(string text) => Assert.False(IsCode(text));

    private static bool IsCode(string text) => RiskRoom.Assess(text.Replace('⏎', '\n')).Findings.Any(f => f.Category == RiskCategory.Code);
}
