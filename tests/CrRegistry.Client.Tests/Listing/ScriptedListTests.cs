namespace CrRegistry.Client.Tests.Listing;

/// <summary>
/// The requests of a listing one by one, in small pages, while a script changes the list or the replies. <see cref="ScriptedList"/> has the words of the
/// scripts and of the traces. <see cref="RequestTraceTests"/> has the same for lists that stay as they are, through the transport.
/// </summary>
public sealed class ScriptedListTests
{
    [Theory]
    // The list does not change, and all replies are correct.
    [InlineData(0, 4, "", "1 complete, 0 of 0: ")]
    [InlineData(3, 10, "", "1 complete, 3 of 3: t000-t002")]
    [InlineData(20, 10, "", "1 | 2 3 1 2 complete, 20 of 20: t000-t019")]
    [InlineData(25, 10, "", "1 | 3 2 1 3 complete, 25 of 25: t000-t024")]
    [InlineData(25, 10, "oldest", "1 | 3 2 1 3 complete, 25 of 25: t000-t024")]
    [InlineData(25, 10, "by name", "1 | 3 2 (order) 1/18 2/18 complete, 25 of 25: t000-t024")]
    [InlineData(25, 10, "no time", "1 | 3 2 (order) 1/18 2/18 complete, 25 of 25: t000-t024")]
    [InlineData(25, 10, "ahead 4", "1 | 3 2 1 3 complete, 25 of 25: t000-t024")]
    [InlineData(25, 10, "enough 5", "1 complete, 10 of 25: t000-t009")]
    [InlineData(25, 10, "enough 15", "1 | 3 2 complete, 20 of 25: t000-t019")]
    // A change between two requests.
    [InlineData(25, 10, "push@1", "1 | 3 2 (changed) 1/18 2/18 (missed) 1/17 2/17 complete, 26 of 26: t000-t024 pushed")]
    [InlineData(25, 10, "push@2", "1 | 3 2 (changed) 1/18 2/18 complete, 26 of 26: t000-t018 t020-t024 pushed t019")]
    [InlineData(25, 10, "push@3", "1 | 3 2 1 3 (end) 1/18 2/18 complete, 26 of 26: t000-t024 pushed")]
    [InlineData(20, 10, "push same@2", "1 | 2 3 (changed) 1/18 2/18 complete, 21 of 21: t000-t019 pushed")]
    [InlineData(25, 10, "delete 0@1", "1 | 3 2 (changed) 1/18 2/18 (missed) 1/17 2/17 complete, 25 of 25: t000-t009 t011-t024 t010")]
    [InlineData(25, 10, "delete 0@2", "1 | 3 2 (changed) 1/18 2/18 complete, 25 of 25: t000-t009 t011-t024 t010")]
    [InlineData(25, 10, "delete 20@4", "1 | 3 2 1 3 (end) 1/18 2/18 complete, 25 of 25: t000-t024")]
    [InlineData(25, 10, "delete 0@2, push@2", "1 | 3 2 1 3 (end) 1/18 2/18 complete, 26 of 25: t000-t024 pushed")]
    [InlineData(25, 10, "move 20@2", "1 | 3 2 (changed) 1/18 2/18 complete, 25 of 25: t000-t018 t020-t024 t019")]
    [InlineData(25, 10, "oldest, push@2", "1 | 3 2 (changed) 1/18 2/18 (missed) 1/17 2/17 complete, 26 of 26: t000-t024 pushed")]
    [InlineData(25, 10, "oldest, delete 0@2", "1 | 3 2 (changed) 1/18 2/18 (missed) 1/17 2/17 complete, 25 of 25: t000-t009 t011-t024 t010")]
    [InlineData(16, 10, "oldest, move 0@1, push@2", "1 | 2 (changed) 1/18 (missed) 1/16 2/16 complete, 17 of 17: t000-t009 t011-t015 t010 pushed")]
    [InlineData(25, 10, "by name, delete 0@2", "1 | 3 2 (changed) 1/18 2/18 (missed) 1/17 2/17 complete, 25 of 25: t000-t009 t011-t024 t010")]
    [InlineData(14, 4, "by name, push@7", "1 | 4 2 3 (order) 1/18 complete, 14 of 14: t000-t013")]
    [InlineData(3, 1, "timeless 2, push now@7", "1 | 3 4 2 (order) 1/18 complete, 3 of 3: t000-t002")]
    [InlineData(2, 2, "no time, push@1", "1 | 1/3 | 2 (changed) 1/18 complete, 3 of 3: t000-t001 pushed")]
    [InlineData(2, 1, "delete 0@1", "1 | 2 3 (changed) 1/18 (missed) 1/17 complete, 2 of 2: t000-t001")]
    [InlineData(2, 1, "ahead 5, delete 0@1", "1 | 2 3 (changed) 1/18 (missed) 1/17 complete, 2 of 2: t000-t001")]
    [InlineData(40, 20, "last page again, push@5, delete 1@2", "1 | 2 3 (changed) 1/18 2/18 3/18 (changed) 1/17 2/17 3/17 complete, 41 of 40: t000-t039 pushed")]
    // Repeated small pages do not prove the end.
    [InlineData(2, 1, "last page again, push@5, delete 1@2", "1 | 2 3 4 (changed) 1/18 (missed) 1/17 complete, 3 of 2: t000-t001 pushed")]
    [InlineData(4, 2, "short@5, empty@6, push same@5", "1 | 2 3 1 2 (end) 1/18 (returned) 1/17 complete, 5 of 5: t000-t003 pushed")]
    // A reply that lacks rows, or contradicts the others.
    [InlineData(3, 1, "empty@6", "1 | 3 4 2 1 3 (end) 1/18 complete, 3 of 3: t000-t002")]
    [InlineData(25, 10, "short@3", "1 | 3 2 (returned) 1/18 2/18 complete, 25 of 25: t000-t014 t020-t024 t015-t019")]
    [InlineData(25, 10, "total none@2", "1 | 3 2 1 3 4 complete, 25 of 25: t000-t024")]
    [InlineData(10, 10, "size 5@1", "1 | 2/9 complete, 10 of 10: t000-t009")]
    [InlineData(10, 10, "reject@2", "1 | 2/9 2 complete, 10 of 10: t000-t009")]
    [InlineData(10, 10, "first page again, delete 3@1", "1 | 2/9 | 2 (changed) 1/18 (missed) 1/17 complete, 10 of 10: t000-t009")]
    [InlineData(1, 1, "empty@2", "1 | 1/2 | 2 (order) 1/18 complete, 1 of 1: t000")]
    [InlineData(1, 10, "size 5@1, total none@2", "1 complete, 1 of 1: t000")]
    [InlineData(3, 4, "total 1000@1, delete 0@1", "1 1/3 | (order) 1/1 2/1 3/1 1 complete, 3 of 2: t001-t002 t000")]
    [InlineData(9, 2, "reject@3", "1 | 5 2 InvalidPageNo at page 2, 2 of 9: t000-t001")]
    [InlineData(3, 3, "total 0, reject@3", "1 | 2 (order) 1/18 InvalidPageNo at page 1, 3 of 0: t000-t002")]
    [InlineData(15, 5, "total 10, reject@3", "1 | 2 3 3/4 InvalidPageNo at page 3, 5 of 10: t000-t004")]
    [InlineData(11, 5, "total 10, reject@3", "1 | 2 3 3/4 (more rows) 1/18 2/18 complete, 11 of 10: t000-t010")]
    // A wrong TotalCount, or pages that repeat.
    [InlineData(2, 10, "total 3", "1 1/2 | 2/2 (returned) 1/1 2/1 3/1 incomplete at page 3, read 2 times, 2 of 3: t000-t001")]
    [InlineData(11, 10, "total 6, push early@4, short@4", "1 | 2 (more rows) 1/18 2/18 complete, 11 of 6: t000-t010")]
    [InlineData(9, 2, "total 16, first page again", "1 | 8 9 2 3 4 5 (returned) 1/18 (returned) 1/17 (returned) 1/15 incomplete at page 1, read 4 times, 9 of 16: t000-t008")]
    [InlineData(2, 1, "page 1 always, delete 1@1", "1 | 2 3 incomplete at page 3, 1 of 2: t000")]
    // One time for all rows, so that each page has its own order.
    [InlineData(10, 5, "total 8, by page", "1 | 2 3 (changed) 1/18 (missed) 1/17 2/17 complete, 10 of 8: t005 t008 t001 t009 t006 t002 t004 t007 t003 t000")]
    [InlineData(6, 2, "by page, first page again", "1 | 3 4 2 5 6 7 8 9 (changed) 1/18 (missed) 1/17 complete, 6 of 6: t005 t001 t003 t002 t004 t000")]
    [InlineData(6, 3, "equal, ahead 3, push@2, short@5", "1 | 2 3 (changed) 1/18 (missed) 1/17 (missed) 1/15 complete, 7 of 7: t000-t005 pushed")]
    public void Complete_list_sends_these_requests(int count, int pageSize, string script, string trace) =>
        Assert.Equal(trace, ScriptedList.TraceAll(count, pageSize, script));

    [Theory]
    [InlineData(0, 4, 0, 4L, "", "1 complete, 0 of 0: ")]
    [InlineData(16, 4, 0, 16L, "", "1 | 2 3 4 complete, 16 of 16: t000-t015")]
    [InlineData(16, 4, 0, 16L, "delete 12@1", "1 | 2 3 4 incomplete at page 4, 15 of 16: t000-t011 t013-t015")]
    [InlineData(16, 4, 0, 16L, "delete 12@1, push@3", "1 | 2 3 4 complete, 16 of 16: t000-t011 t011 t013-t015")]
    [InlineData(39, 10, 20, 11L, "", "3 1 2 | 4 complete, 11 of 39: t020-t030")]
    [InlineData(39, 10, 20, 11L, "total 20@2", "3 1 2 | 4 complete, 11 of 39: t020-t030")]
    [InlineData(30, 3, 0, 20L, "ahead 5, enough 8", "1 | 2 3 4 5 6 7 complete, 9 of 30: t000-t008")]
    [InlineData(30, 3, 0, 20L, "total none@1, ahead 5, enough 8", "1 | 2 3 complete, 9 of 30: t000-t008")]
    [InlineData(6, 3, 0, 20L, "last page again, total none@3", "1 | 2 3 complete, 6 of 6: t000-t005")]
    [InlineData(10, 5, 0, 11L, "total 4, last page again", "1 | 2 3 incomplete at page 3, 10 of 4: t000-t009")]
    [InlineData(6, 2, 1, 6L, "total 1, page 1 always", "1 | 2 incomplete at page 2, 1 of 1: t001")]
    public void Range_sends_these_requests(int count, int pageSize, int skip, long first, string script, string trace) =>
        Assert.Equal(trace, ScriptedList.TraceRange(count, pageSize, skip, first, script));
}
